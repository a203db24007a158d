"""The program of a comparison that runs on SimPy: callbacks of time-outs where
events are enough, processes and a resource for the queue before a server.

Times are integers of nanoseconds, and simultaneous events fire in the order in
which they were scheduled. What Python is slow at and SimPy has no part in is not
timed: draws are made before, and the tally is computed after.
"""

import resource
import sys
from itertools import chain, islice

import simpy

SECOND = 1_000_000_000
WORD = (1 << 64) - 1


def words(seed):
    """The words of splitmix64."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & WORD
        x = state
        x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & WORD
        x = ((x ^ x >> 27) * 0x94D049BB133111EB) & WORD
        yield x ^ x >> 31


def exponential(path):
    """The function from a word to a delay of mean 1 s, by the quantiles in a file."""
    with open(path) as file:
        quantiles = [int(line) for line in file]

    def delay(word):
        low = word & 0xFFFFFFFF
        i = low >> 22
        return quantiles[i] + ((quantiles[i + 1] - quantiles[i]) * (low & 0x3FFFFF) >> 22)

    return delay


def ahead(values, count):
    """The same values, of which so many are computed already."""
    return chain(list(islice(values, count)), values)


class Log:
    """What fired: two lists of numbers, which Python's collector need not visit."""

    def __init__(self):
        self.times, self.targets = [], []

    def add(self, at, target):
        self.times.append(at)
        self.targets.append(target)

    def tally(self):
        """Hash and sum, as the recipe has them."""
        digest = 0
        for at, target in zip(self.times, self.targets):
            h = ((digest ^ ((at * 0x9E3779B97F4A7C15 + target) & WORD)) * 0xBF58476D1CE4E5B9) & WORD
            digest = h ^ h >> 29
        return digest, sum(self.times) & WORD


def cpu():
    """The processor time of the process so far, in seconds."""
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


class Meter:
    """Counts events, times those after the first ones, and ends the simulation."""

    def __init__(self, env, warm, events):
        self.warm, self.events = warm, events
        self.left = warm + events
        self.finish = env.event()
        self.began = cpu()

    def count(self):
        self.left -= 1
        if self.left == self.events:
            self.began = cpu()
        elif self.left == 0:
            self.spent = cpu() - self.began
            self.finish.succeed()


def hold(env, meter, delay, n, log):
    draws = ahead((delay(w) for w in words(1)), n + meter.left)

    def fire(event):
        i = event.value
        log.add(env.now, i)
        env.timeout(next(draws), i).callbacks.append(fire)
        meter.count()

    for i in range(n):
        env.timeout(next(draws), i).callbacks.append(fire)


def phold(env, meter, delay, n, log):
    first = list(islice(words(1), n + meter.left))
    waits = iter([SECOND // 10 + delay(w) * 9 // 10 for w in first])
    targets = iter([(w >> 32) * n >> 32 for w in first])
    del first

    def fire(event):
        log.add(env.now, event.value)
        env.timeout(next(waits), next(targets)).callbacks.append(fire)
        meter.count()

    for entity in range(n):
        next(targets)
        env.timeout(next(waits), entity).callbacks.append(fire)


def mm1(env, meter, delay, _, log):
    arrivals = ahead((delay(w) for w in words(1)), meter.left)
    services = ahead((delay(w) * 8 // 10 for w in words(2)), meter.left)
    server = simpy.Resource(env)

    def customer():
        with server.request() as turn:
            yield turn
            yield env.timeout(next(services))
            log.add(env.now, 1)
            meter.count()

    def source():
        for wait in arrivals:
            yield env.timeout(wait)
            log.add(env.now, 0)
            env.process(customer())

    env.process(source())


def main():
    workload, n, warm, events, quantiles = sys.argv[1:6]
    start = {"hold": hold, "phold": phold, "mm1": mm1}[workload]
    env = simpy.Environment()
    meter = Meter(env, int(warm), int(events))
    log = Log()
    start(env, meter, exponential(quantiles), int(n), log)
    env.run(until=meter.finish)
    digest, total = log.tally()
    print(f"events {events} cpu_ns {meter.spent * 1e9:.0f} hash {digest:016x} sum {total:016x}")


main()
