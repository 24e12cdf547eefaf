import torch

num_layers, base_lr, layer_decay = 4, 1e-3, 0.65
scales = list(layer_decay ** (num_layers - i) for i in range(num_layers + 1))
groups = []
for depth, scale in enumerate(scales):
    groups.append({"params": blocks[depth].parameters(), "lr": base_lr * scale, "lr_scale": scale})
optimizer = torch.optim.AdamW(groups, lr=base_lr, weight_decay=0.05)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=40, eta_min=1e-6)
