import oneflow as flow
import oneflow.nn as nn


class Trainer:
    decay = 0.9

    def __init__(self, model, lr=0.01, epochs=30, patience=None):
        self.model = model
        self.lr = lr
        self.epochs = epochs
        self.criterion = nn.MSELoss()
        self.optimizer = flow.optim.Adam(self.model.parameters(), lr=self.lr)
        self.scheduler = self._make_scheduler()
        self.best = float("inf")

    def _make_scheduler(self):
        return flow.optim.lr_scheduler.ExponentialLR(self.optimizer, gamma=self.decay)

    def fit(self, loader):
        for epoch in range(self.epochs):
            for x, y in loader:
                self.optimizer.zero_grad()
                self.criterion(self.model(x), y).backward()
                self.optimizer.step()
            self.scheduler.step()


trainer = Trainer(Net(), lr=0.02)
trainer.fit(train_loader)
