import torch
from torch.optim import lr_scheduler


def create_scheduler(args, optimizer):
    num_epochs = args.epochs
    if args.sched == "cosine":
        scheduler = lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs, eta_min=args.min_lr)
    elif args.sched == "step":
        scheduler = lr_scheduler.StepLR(optimizer, step_size=args.decay_epochs, gamma=args.decay_rate)
    elif args.sched == "multistep":
        scheduler = lr_scheduler.MultiStepLR(optimizer, milestones=args.milestones, gamma=args.decay_rate)
    else:
        scheduler = None
    return scheduler, num_epochs


optimizer = torch.optim.SGD(model.parameters(), lr=0.4)
scheduler, epochs = create_scheduler(args, optimizer)
