from types import SimpleNamespace

import torch

hp = SimpleNamespace(lr=0.2, epochs=20, gamma=0.7)
hp.step = hp.epochs // 4

optimizer = torch.optim.SGD(net.parameters(), lr=hp.lr)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=hp.step, gamma=hp.gamma)
