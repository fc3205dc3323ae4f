"""The works of the literature that the library cites."""

from symproof.proof.theorem import Work

YUN_2019 = Work(
    "YSJ",
    "C. Yun, S. Sra, A. Jadbabaie",
    "A critical view of global optimality in deep learning",
    "arXiv 1802.03487; ICLR 2019 as: Small nonlinearities in activation functions create bad local minima in neural networks",
    "2018",
)
CARON_2005 = Work(
    "CT", "R. Caron, T. Traynor", "The zero set of a polynomial", "WSMR Report 05-02, University of Windsor", "2005"
)
RUDIN_1976 = Work("Ru2", "W. Rudin", "Principles of Mathematical Analysis", "3rd edition, McGraw-Hill", "1976")
RUDIN_1987 = Work("Ru", "W. Rudin", "Real and Complex Analysis", "3rd edition, McGraw-Hill", "1987")
LANG_2002 = Work("La", "S. Lang", "Algebra", "3rd edition, Springer", "2002")
CHRISTOF_2023 = Work(
    "CK",
    "C. Christof, J. Kowalczyk",
    "On the omnipresence of spurious local minima in certain neural network training problems",
    "arXiv 2202.12262; Constructive Approximation",
    "2023",
)
YU_CHEN_1995 = Work(
    "YC", "X.-H. Yu, G.-A. Chen", "On the local minima free condition of backpropagation learning",
    "IEEE Transactions on Neural Networks 6(5), 1300-1303", "1995",
)  # fmt: skip
ROCKAFELLAR_1970 = Work("Ro", "R. T. Rockafellar", "Convex Analysis", "Princeton University Press", "1970")
KAWAGUCHI_2016 = Work(
    "Ka", "K. Kawaguchi", "Deep learning without poor local minima",
    "Advances in Neural Information Processing Systems 29, 586-594; arXiv 1605.07110", "2016",
)  # fmt: skip
LAURENT_2018 = Work(
    "LB", "T. Laurent, J. von Brecht", "Deep linear networks with arbitrary loss: all local minima are global",
    "Proceedings of the 35th International Conference on Machine Learning, PMLR 80, 2902-2907; arXiv 1712.01473", "2018",
)  # fmt: skip
