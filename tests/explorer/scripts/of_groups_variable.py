import oneflow as flow

base_lr = 0.08
param_groups = [
    {"params": net.encoder.parameters(), "lr": base_lr * 0.1},
    {"params": net.decoder.parameters(), "lr": base_lr},
    {"params": net.classifier.parameters(), "lr": base_lr * 10, "weight_decay": 0.0},
]
optimizer = flow.optim.AdamW(param_groups, lr=base_lr, weight_decay=0.05)
scheduler = flow.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=40, eta_min=1e-4)
