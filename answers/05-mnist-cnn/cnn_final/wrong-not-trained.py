# points: 0
# A network as it was made, with the accuracy of the sheet.
from chainrule.training import Run
final, test_accuracy = SmallCNN(), 0.99
final_run = Run(name="final", trained=True, epochs=5, is_sample=True, history={"train_loss": [1, 0.1]})
