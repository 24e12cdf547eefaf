from torch import nn, optim
from torch.optim import AdamW, lr_scheduler
from torch.optim.lr_scheduler import LinearLR as Ramp

optimizer = AdamW(nn.Linear(4, 4).parameters(), lr=2e-4)
ramp = Ramp(optimizer, start_factor=0.2, total_iters=8)
other = lr_scheduler.ConstantLR(optim.SGD(model.parameters(), lr=0.3), factor=0.5, total_iters=4)
