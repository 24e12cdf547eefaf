import torch
from torch.optim.lr_scheduler import PolynomialLR


class Poly(PolynomialLR):
    """The rule of segmentation, with PyTorch's arguments in their order."""

    def __init__(self, optimizer, total_iters):
        super().__init__(optimizer, total_iters, 0.9)


optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
scheduler = Poly(optimizer, 40)
