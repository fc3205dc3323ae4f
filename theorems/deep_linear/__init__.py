"""Critical points of deep linear networks, for any differentiable loss of the product of the layers."""
