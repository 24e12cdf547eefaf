from torch.optim import AdamW
from transformers import AutoModelForSequenceClassification, get_linear_schedule_with_warmup

model = AutoModelForSequenceClassification.from_pretrained("bert-base-cased", num_labels=2)
optimizer = AdamW(model.parameters(), lr=3e-5)
num_training_steps = 60
lr_scheduler = get_linear_schedule_with_warmup(
    optimizer, num_warmup_steps=6, num_training_steps=num_training_steps
)
model.train()
for batch in train_dataloader:
    outputs = model(**batch)
    outputs.loss.backward()
    optimizer.step()
    lr_scheduler.step()
    optimizer.zero_grad()
