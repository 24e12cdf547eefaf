import torch
import torchvision

model = torchvision.models.resnet50(weights="DEFAULT")
lr = 1e-3
optimizer = torch.optim.Adam(
    [
        {"params": model.layer4.parameters(), "lr": lr / 10},
        {"params": model.fc.parameters(), "lr": lr},
    ]
)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5, 0.5)
