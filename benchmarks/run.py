"""Everything `make bench` measures: engine, columns, runs with nothing new, many postings."""

import columns
import engine
import pipeline


def main() -> None:
    print("engine, one core (ratios; see benchmarks/engine.py)")
    for name, ratio in engine.ratios().items():
        print(f"  {name:<28} {ratio:.2f}")
    print("a column of texts (ratios to reading one by one; see benchmarks/columns.py)")
    for share in (0.0, 0.6):
        for name, ratio in columns.ratios(share).items():
            print(f"  {name + f' ({share:.0%} with pay)':<40} {ratio:.2f}")
    print(f"  {'two processes against one':<40} {columns.two_processes():.2f}")
    print("pipeline, each run a process of its own")
    for line in pipeline.measure():
        print(f"  {line}")


if __name__ == "__main__":
    main()
