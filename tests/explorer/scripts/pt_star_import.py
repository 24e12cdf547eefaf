import torch.optim as optim
from torch.optim.lr_scheduler import *

opt = optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
sched = MultiStepLR(opt, [10, 15, 25], gamma=0.3)
