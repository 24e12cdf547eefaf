import oneflow as flow
import oneflow.nn as nn

model = nn.Linear(16, 4)
loss_fn = nn.MSELoss(reduction="mean")
optimizer = flow.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
cosine_lr = flow.optim.lr_scheduler.CosineDecayLR(optimizer, decay_steps=50, alpha=0.1)


class TrainGraph(nn.Graph):
    def __init__(self):
        super().__init__()
        self.model = model
        self.loss_fn = loss_fn
        self.add_optimizer(optimizer, lr_sch=cosine_lr)

    def build(self, x, y):
        loss = self.loss_fn(self.model(x), y)
        loss.backward()
        return loss


graph = TrainGraph()
for step in range(50):
    loss = graph(flow.randn(8, 16), flow.randn(8, 4))
