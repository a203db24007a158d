// The program of a comparison that schedules as most C++ programs do:
// std::priority_queue over events by value.
#include <queue>

#include "recipe.h"

namespace {

struct Event {
    int64_t at;
    uint64_t seq;
    uint32_t who;
    uint32_t kind;

    // A priority_queue yields the greatest first.
    bool operator<(const Event &other) const { return at > other.at || (at == other.at && seq > other.seq); }
};

class Queue {
    std::priority_queue<Event> events;
    uint64_t seq = 0;

  public:
    void schedule(int64_t at, uint32_t who, uint32_t kind = 0) { events.push({at, ++seq, who, kind}); }

    Event next() {
        const Event first = events.top();
        events.pop();
        return first;
    }
};

void hold(const recipe::Job &job) {
    Queue queue;
    recipe::Stream stream(1);
    recipe::Exponential delays(job.quantiles);
    recipe::Tally tally;
    for (uint32_t i = 0; i < job.n; i++)
        queue.schedule(delays.delay(stream.next()), i);
    recipe::Meter meter(job);
    do {
        const Event e = queue.next();
        tally.add(e.at, e.who);
        queue.schedule(e.at + delays.delay(stream.next()), e.who);
    } while (!meter.over());
    meter.report(tally);
}

void phold(const recipe::Job &job) {
    Queue queue;
    recipe::Stream stream(1);
    recipe::Exponential delays(job.quantiles);
    recipe::Tally tally;
    for (uint32_t i = 0; i < job.n; i++)
        queue.schedule(delays.between(stream.next()), i);
    recipe::Meter meter(job);
    do {
        const Event e = queue.next();
        tally.add(e.at, e.who);
        const uint64_t word = stream.next();
        queue.schedule(e.at + delays.between(word), recipe::below(word, job.n));
    } while (!meter.over());
    meter.report(tally);
}

void mm1(const recipe::Job &job) {
    enum { arrival, departure };
    Queue queue;
    recipe::Stream arrivals(1), services(2);
    recipe::Exponential delays(job.quantiles);
    recipe::Tally tally;
    bool busy = false;
    int64_t waiting = 0;
    const auto serve = [&](int64_t now) { queue.schedule(now + delays.delay(services.next()) * 8 / 10, 0, departure); };
    queue.schedule(delays.delay(arrivals.next()), 0, arrival);
    recipe::Meter meter(job);
    for (;;) {
        const Event e = queue.next();
        tally.add(e.at, e.kind);
        if (e.kind == arrival) {
            queue.schedule(e.at + delays.delay(arrivals.next()), 0, arrival);
            if (busy) {
                waiting++;
            } else {
                busy = true;
                serve(e.at);
            }
            continue;
        }
        if (waiting > 0) {
            waiting--;
            serve(e.at);
        } else {
            busy = false;
        }
        if (meter.over())
            break;
    }
    meter.report(tally);
}

} // namespace

int main(int argc, char **argv) {
    const recipe::Job job(argc, argv);
    if (job.workload == "hold")
        hold(job);
    else if (job.workload == "phold")
        phold(job);
    else if (job.workload == "mm1")
        mm1(job);
    else
        job.unknown();
}
