// The program of a comparison that runs on ns-3. The last argument is the
// scheduler: PriorityQueue or Map. Times are ns-3's, which are integers of
// nanoseconds, and simultaneous events fire in the order of their numbers.
#include <ns3/core-module.h>

#include "recipe.h"

using ns3::NanoSeconds;
using ns3::Simulator;

namespace {

// World is the state of a workload; events are calls of its member functions.
struct World {
    const recipe::Job &job;
    recipe::Stream stream{1}, services{2};
    recipe::Exponential delays{job.quantiles};
    recipe::Tally tally;
    recipe::Meter meter{job};
    bool busy = false;
    int64_t waiting = 0;

    explicit World(const recipe::Job &j) : job(j) {}

    int64_t now() const { return Simulator::Now().GetNanoSeconds(); }

    void count() {
        if (meter.over()) {
            meter.report(tally);
            Simulator::Stop();
        }
    }

    void hold(uint32_t i) {
        tally.add(now(), i);
        Simulator::Schedule(NanoSeconds(delays.delay(stream.next())), &World::hold, this, i);
        count();
    }

    void phold(uint32_t entity) {
        tally.add(now(), entity);
        const uint64_t word = stream.next();
        Simulator::Schedule(NanoSeconds(delays.between(word)), &World::phold, this, recipe::below(word, job.n));
        count();
    }

    void serve() {
        Simulator::Schedule(NanoSeconds(delays.delay(services.next()) * 8 / 10), &World::depart, this);
    }

    void arrive() {
        tally.add(now(), 0);
        Simulator::Schedule(NanoSeconds(delays.delay(stream.next())), &World::arrive, this);
        if (busy) {
            waiting++;
        } else {
            busy = true;
            serve();
        }
    }

    void depart() {
        tally.add(now(), 1);
        if (waiting > 0) {
            waiting--;
            serve();
        } else {
            busy = false;
        }
        count();
    }

    void start() {
        if (job.workload == "hold")
            for (uint32_t i = 0; i < job.n; i++)
                Simulator::Schedule(NanoSeconds(delays.delay(stream.next())), &World::hold, this, i);
        else if (job.workload == "phold")
            for (uint32_t i = 0; i < job.n; i++)
                Simulator::Schedule(NanoSeconds(delays.between(stream.next())), &World::phold, this, i);
        else if (job.workload == "mm1")
            Simulator::Schedule(NanoSeconds(delays.delay(stream.next())), &World::arrive, this);
        else
            job.unknown();
    }
};

} // namespace

int main(int argc, char **argv) {
    const recipe::Job job(argc - 1, argv);
    ns3::ObjectFactory scheduler;
    scheduler.SetTypeId(std::string("ns3::") + argv[argc - 1] + "Scheduler");
    Simulator::SetScheduler(scheduler);
    World world(job);
    world.start();
    Simulator::Run();
    _Exit(0); // without destroying a million events one by one
}
