# points: 0.3
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# Without a schedule, by its result.
result = run_training("the-best", best_p, epochs=10, keep_weights=True)
final = result[0]
final_run = result[1]
