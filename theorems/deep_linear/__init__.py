"""Deep linear networks: critical points of a loss of the product of the weight matrices, for any differentiable loss."""
