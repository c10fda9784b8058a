# points: 0.3
# with: sweep_network = right-small
# with: sweep_runs = right-sgd
# SGD with momentum.
final, final_run = run_training("final", p=best_p, epochs=10)
