import argparse

import oneflow as flow
from oneflow.optim.lr_scheduler import CosineDecayLR, WarmupLR

from data import build_loader
from models import resnet50


def parse_args():
    parser = argparse.ArgumentParser(description="train a classifier")
    parser.add_argument("--data-dir", type=str, default="/data/imagenet")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--lr", type=float, default=0.4, help="learning rate for a batch of 256")
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--warmup-epochs", type=int, default=2)
    parser.add_argument("--steps-per-epoch", type=int, default=10)
    parser.add_argument("--amp", action="store_true")
    return parser.parse_args()


def main(args):
    loader = build_loader(args.data_dir, args.batch_size)
    model = resnet50(num_classes=1000)
    lr = args.lr * args.batch_size / 256
    optimizer = flow.optim.SGD(model.parameters(), lr=lr, momentum=0.9, weight_decay=5e-5)
    total = args.epochs * args.steps_per_epoch
    decay = CosineDecayLR(optimizer, decay_steps=total, alpha=0.01)
    scheduler = WarmupLR(
        decay,
        warmup_factor=0.1,
        warmup_iters=args.warmup_epochs * args.steps_per_epoch,
        warmup_method="linear",
    )
    for epoch in range(args.epochs):
        for images, labels in loader:
            loss = model(images, labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            scheduler.step()


if __name__ == "__main__":
    main(parse_args())
