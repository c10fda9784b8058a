# points: 0
# with: sweep_network = right-small
# with: sweep_runs = right-plain
# A new network beside the run of the sweep.
final, final_run = make_model(best_p), runs[best_p]
