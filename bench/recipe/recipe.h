// The recipe of draws, the tally and the way programs are called, for C++. What
// they are for is said in recipe.go and in ../program.
#ifndef SOUK_BENCH_RECIPE_H
#define SOUK_BENCH_RECIPE_H

#include <sys/resource.h>

#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

namespace recipe {

constexpr int64_t second = 1'000'000'000;

// Stream is splitmix64.
class Stream {
    uint64_t state;

  public:
    explicit Stream(uint64_t seed) : state(seed) {}

    uint64_t next() {
        uint64_t x = state += 0x9e3779b97f4a7c15;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        return x ^ x >> 31;
    }
};

// below returns a number below n from the high bits of a word.
inline uint32_t below(uint64_t word, uint32_t n) { return uint32_t((word >> 32) * n >> 32); }

// Exponential draws delays of mean 1 s, in nanoseconds, from the low bits of a word.
class Exponential {
    static constexpr int place_bits = 22;
    std::array<int64_t, 1025> quantiles;

  public:
    explicit Exponential(const char *path) {
        std::ifstream file(path);
        for (auto &q : quantiles)
            if (!(file >> q)) {
                fprintf(stderr, "%s: no quantiles\n", path);
                exit(1);
            }
    }

    int64_t delay(uint64_t word) const {
        const uint32_t low = uint32_t(word);
        const uint32_t i = low >> place_bits;
        const int64_t place = low & ((1 << place_bits) - 1);
        return quantiles[i] + ((quantiles[i + 1] - quantiles[i]) * place >> place_bits);
    }

    // between is the delay of phold.
    int64_t between(uint64_t word) const { return second / 10 + delay(word) * 9 / 10; }
};

// Tally sums up the events that a program fired.
struct Tally {
    uint64_t hash = 0, sum = 0;

    void add(int64_t at, uint32_t target) {
        sum += uint64_t(at);
        const uint64_t h = (hash ^ (uint64_t(at) * 0x9e3779b97f4a7c15 + target)) * 0xbf58476d1ce4e5b9;
        hash = h ^ h >> 29;
    }
};

// Job is what a program is to do: WORKLOAD N WARM EVENTS QUANTILES.
struct Job {
    std::string workload;
    uint32_t n;
    int64_t warm, events;
    const char *quantiles;

    Job(int argc, char **argv) {
        if (argc < 6) {
            fprintf(stderr, "usage: %s WORKLOAD N WARM EVENTS QUANTILES\n", argv[0]);
            exit(1);
        }
        workload = argv[1];
        n = uint32_t(strtoul(argv[2], nullptr, 10));
        warm = strtoll(argv[3], nullptr, 10);
        events = strtoll(argv[4], nullptr, 10);
        quantiles = argv[5];
    }

    [[noreturn]] void unknown() const {
        fprintf(stderr, "no workload %s\n", workload.c_str());
        exit(1);
    }
};

// cpu returns the processor time that the process has used so far, in nanoseconds.
inline int64_t cpu() {
    rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * second + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1000;
}

// Meter counts events and times those after the first ones.
class Meter {
    const int64_t warm, total;
    int64_t done = 0, began;

  public:
    explicit Meter(const Job &job) : warm(job.warm), total(job.warm + job.events), began(cpu()) {}

    // over counts an event, and returns whether it is the last one.
    bool over() {
        if (++done == warm)
            began = cpu();
        return done >= total;
    }

    // report prints the report of a program. It is called at the last event.
    void report(const Tally &tally) const {
        printf("events %" PRId64 " cpu_ns %" PRId64 " hash %016" PRIx64 " sum %016" PRIx64 "\n", total - warm, cpu() - began,
               tally.hash, tally.sum);
        fflush(stdout);
    }
};

} // namespace recipe

#endif
