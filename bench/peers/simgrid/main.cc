// The program of a comparison that runs on SimGrid: its timers where events are
// enough, its actors for the queue before a server. SimGrid's time is a double, in
// which we count nanoseconds, exactly; its heap of timers does not keep
// simultaneous ones in order.
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>

#include "recipe.h"

namespace sg4 = simgrid::s4u;
using simgrid::kernel::timer::Timer;

namespace {

struct World {
    const recipe::Job &job;
    recipe::Stream stream{1}, services{2};
    recipe::Exponential delays{job.quantiles};
    recipe::Tally tally;
    recipe::Meter meter{job};

    explicit World(const recipe::Job &j) : job(j) {}

    int64_t now() const { return int64_t(sg4::Engine::get_clock()); }

    // count ends the process at the last event: an engine cannot be stopped.
    void count() {
        if (meter.over()) {
            meter.report(tally);
            _Exit(0);
        }
    }

    void plan_hold(int64_t at, uint32_t i) {
        Timer::set(double(at), [this, i] {
            tally.add(now(), i);
            plan_hold(now() + delays.delay(stream.next()), i);
            count();
        });
    }

    void plan_phold(int64_t at, uint32_t entity) {
        Timer::set(double(at), [this, entity] {
            tally.add(now(), entity);
            const uint64_t word = stream.next();
            plan_phold(now() + delays.between(word), recipe::below(word, job.n));
            count();
        });
    }

    // mm1 has an actor for the source of customers and one for the server; a
    // semaphore counts those who are there.
    void mm1(sg4::Host *host) {
        auto customers = sg4::Semaphore::create(0);
        sg4::Actor::create("source", host, [this, customers] {
            for (;;) {
                sg4::this_actor::sleep_for(double(delays.delay(stream.next())));
                tally.add(now(), 0);
                customers->release();
            }
        });
        sg4::Actor::create("server", host, [this, customers] {
            for (;;) {
                customers->acquire();
                sg4::this_actor::sleep_for(double(delays.delay(services.next()) * 8 / 10));
                tally.add(now(), 1);
                count();
            }
        });
    }
};

} // namespace

int main(int argc, char **argv) {
    const recipe::Job job(argc, argv);
    sg4::Engine engine(&argc, argv);
    auto *zone = sg4::create_full_zone("zone");
    auto *host = zone->create_host("host", 1e9);
    zone->seal();
    World world(job);
    if (job.workload == "hold")
        for (uint32_t i = 0; i < job.n; i++)
            world.plan_hold(world.delays.delay(world.stream.next()), i);
    else if (job.workload == "phold")
        for (uint32_t i = 0; i < job.n; i++)
            world.plan_phold(world.delays.between(world.stream.next()), i);
    else if (job.workload == "mm1")
        world.mm1(host);
    else
        job.unknown();
    engine.run();
}
