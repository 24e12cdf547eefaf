import oneflow as flow

from config import args

optimizer = flow.optim.SGD(model.parameters(), lr=args.lr * args.world_size, momentum=args.momentum)
iters = len(train_loader)
scheduler = flow.optim.lr_scheduler.StepLR(optimizer, step_size=args.step_epochs * iters, gamma=args.gamma)
