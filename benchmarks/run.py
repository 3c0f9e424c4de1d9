"""Everything `make bench` measures: the engine, runs with nothing new, and 100,000 postings."""

import engine
import pipeline


def main() -> None:
    print("engine, one core (ratios; see benchmarks/engine.py)")
    for name, ratio in engine.ratios().items():
        print(f"  {name:<28} {ratio:.2f}")
    print("pipeline, each run a process of its own")
    for line in pipeline.measure():
        print(f"  {line}")


if __name__ == "__main__":
    main()
