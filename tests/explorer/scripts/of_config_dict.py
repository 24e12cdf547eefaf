import oneflow as flow

config = {
    "epochs": 12,
    "optimizer": {"lr": 0.05, "momentum": 0.9},
    "scheduler": {"milestones": [4, 8], "gamma": 0.2},
}
config["scheduler"]["gamma"] = 0.5
config.update(epochs=24)

net = flow.nn.Linear(10, 2)
opt = flow.optim.SGD(net.parameters(), **config["optimizer"])
sched = flow.optim.lr_scheduler.MultiStepLR(opt, **config["scheduler"])
tail = flow.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=config["epochs"], eta_min=config.get("eta_min", 1e-3))
