import oneflow as flow
from oneflow.optim.lr_scheduler import ConstantLR, CosineDecayLR, LinearLR, SequentialLR

optimizer = flow.optim.SGD(model.parameters(), lr=0.3)
ramp = LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=5)
hold = ConstantLR(optimizer, factor=1.0, total_iters=0)
fall = CosineDecayLR(optimizer, decay_steps=20, alpha=0.0)
scheduler = SequentialLR(
    optimizer,
    schedulers=[ramp, hold, fall],
    milestones=[5, 12],
    interval_rescaling=[False, True],
)
