"""What the results say that instances are decided by: hashes of the statements that this folder was written for.

A certificate may hold any result under any name. Numbers mean what the theorem of the library says of them, so the
one in the certificate has to be that one.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["STATEMENTS"]

STATEMENTS: Mapping[str, str] = {
    "affine_piece.affine_tails": "ede757f2981d37f21ca644d3c7ab7d8423bbb8cc6f53bbb3dd0175a5ab31ca0a",
    "affine_piece.exponential_tail": "1e5811606f0a08c8120a6223440ae83de1ee5de4429ff61d1b0086dbefa2f509",
    "affine_piece.spurious_minimum": "1f500066b81eed235231d38c7e7c352fe641d609a22d5132b0620c4f9ddef5d8",
    "deep_linear.critical_points": "5857c384243d672ee0c2010a70c8cf1b3d29af4c2308659bc7503f23e4b0842c",
    "deep_linear.gradient_bound": "2be56662e1557efc09c8cda167a96bb146d321101e745573aad20b6ed1a3ff3b",
    "deep_linear.narrow_minimum": "dd7dd124734d52b08a6f63095942ce21f6ed42596dd8d64ccbcece52057c3571",
    "jensen.no_direction_on_quadric": "6fc407e64dfb829e9b7f9c0298d6f5951ef44a578208e4a51e93b744c66ad33f",
    "jensen.quadric": "bba502b8c3eed002b460d1e58aee5031bf7f2512b1a597326b720f29cc5f113f",
    "jensen.quadric_radius": "809d5eb3929b900119bac77c3f9e38b5224046564b80f3196c474cdab43d6fa2",
    "jensen.spurious": "16a6c46e83b3110dfa9affae25a903260581ceb41c7984eba76eafbc6a5b7b47",
    "linear_algebra.best_constant": "5c2757822444c0782725db1badf4ba9ffa49af263f2517519307a60c1c76b2ae",
    "optimization.forms_loss_convex": "d391715aedcb0e050ef1399e802c2bcc6642a00285de63aef2cbabf71871c95f",
    "optimization.forms_loss_gradient": "30a4e70e3291c6c15a99bcae9d70e10c7490a99d37c5610bea926681f7359b27",
    "optimization.squared_loss_gradient": "7484d2261bbf7d8aeb119fffec9c45163cf064413df908e9e6dbcac10cc3ad0c",
    "relu_like.any_depth": "83407f77476332ad2752f73c4681b91a14f1e69eb92e5314176fdf5053df0728",
    "relu_like.any_depth_convex_loss": "8c31f2edf3dac602bc25b7ae7ef579b53b60e4da5e47998b1f63dd122e9f8923",
    "relu_like.convex_loss": "b6c636a999ab16c8de0e2a15b0b78b08c1d9f18daf1d3a518a24955dd0dfc00f",
    "relu_like.paper_descent": "b171ebe8be89e68587a3629a403689278727a1064d1661704231be0f16c500ef",
    "relu_like.spurious_minimum": "d048e562df3ff17ddcc90f95a6796a472133e41ea9a08bf22ef5a87b4abded2e",
    "smooth.bent_activation": "22543cfe8f1277fa7515647423c2658e5c8fc00ea14f9808aca71cfcc389d1f7",
    "smooth.every_activation": "ad958a9edf2119d76669ced6283eb01c3e1dafcdba50802accd4927d9d1f59e1",
    "smooth.paper_spurious_minimum": "a5f2c16f21d29a3ad75ad6a8a8eae9e31f9a057804ded591d3deba8a4240c71e",
    "smooth.spurious_minimum": "914ba4d8c18834bd49cf0c77c74c990d3045c2e03521e67857381bcb7109587f",
    "yu_chen.refutation": "f543197d022319c268588df3992fd0433f5bb47aca49883abf410179abcf97ec",
    "yu_chen.spurious_minimum": "20e11bf2d6f3e8cdcea39a40ababf9649846c7055d2f80ded29c01c055ab0b56",
}
"""Result to the hash of its statement (see ``statement_hash``)."""
