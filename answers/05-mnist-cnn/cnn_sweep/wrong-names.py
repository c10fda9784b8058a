# points: 0
# trained: reference
# Other names than those asked for.
for optimizer, lr in (("SGD", 0.1), ("Adam", 0.001)):
    for dropout, addition in ((0, ""), (0.4, " + dropout")):
        name = (optimizer + addition).replace(" + ", "-").lower()
        networks[optimizer + addition], runs[optimizer + addition] = experiment(
            name, optimizer, lr, dropout
        )
networks = {k.lower(): v for k, v in networks.items()}
runs = {k.lower(): v for k, v in runs.items()}
