import oneflow as flow

schedule = "30-60-80"
scale = 0.5
milestones = []
for part in schedule.split("-"):
    milestones.append(int(int(part) * scale))
n = len(milestones)
gamma = 1.0
while n > 0:
    gamma *= 0.6
    n -= 1
optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = flow.optim.lr_scheduler.MultiStepLR(optimizer, milestones=milestones, gamma=gamma)
