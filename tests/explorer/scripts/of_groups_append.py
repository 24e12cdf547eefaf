import oneflow as flow

params = []
for name, rate in [("backbone", 0.02), ("neck", 0.05), ("head", 0.2)]:
    params.append({"params": getattr(model, name).parameters(), "lr": rate})
optimizer = flow.optim.SGD(params, momentum=0.9)
scheduler = flow.optim.lr_scheduler.PolynomialLR(optimizer, decay_batch=30, end_learning_rate=0.001, power=2.0)
