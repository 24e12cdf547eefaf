from dataclasses import dataclass, field

import oneflow as flow
from oneflow.optim import lr_scheduler


@dataclass
class TrainConfig:
    base_lr: float = 3e-4
    epochs: int = 5
    steps_per_epoch: int = 12
    warmup_ratio: float = 0.25
    betas: tuple = (0.9, 0.98)
    milestones: list = field(default_factory=lambda: [20, 40])

    @property
    def total_steps(self) -> int:
        return self.epochs * self.steps_per_epoch

    @property
    def warmup_steps(self) -> int:
        return int(self.total_steps * self.warmup_ratio)


cfg = TrainConfig(epochs=6)
model = build_model(cfg)
optimizer = flow.optim.AdamW(model.parameters(), lr=cfg.base_lr, betas=cfg.betas)
poly = lr_scheduler.PolynomialLR(optimizer, cfg.total_steps, end_learning_rate=0.0, power=1.0)
scheduler = lr_scheduler.WarmupLR(poly, warmup_factor=0.0, warmup_iters=cfg.warmup_steps)
