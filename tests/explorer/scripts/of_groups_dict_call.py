import oneflow as flow
from oneflow.optim.lr_scheduler import StepLR

optimizer = flow.optim.SGD([
    dict(params=net.conv1.parameters(), lr=0.5),
    dict(params=net.fc.parameters(), lr=0.25),
])
scheduler = StepLR(optimizer, step_size=6, gamma=0.5)
