namespace EcgImageWeb.Analysis.Tests;

/// <summary>A clock that stands still until it is told to go on.</summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    /// <summary>Called with the due time by whoever makes a timer; may hold them up.</summary>
    public Action<TimeSpan>? TimerMade { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
            return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        TimerMade?.Invoke(dueTime);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        FakeTimer[] due;
        lock (sync)
        {
            now += by;
            due = [.. timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
                timer.Schedule(timer.Period);
        }
        foreach (var timer in due)
            timer.Fire();
    }

    private sealed class FakeTimer(FakeTime time, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public void Schedule(TimeSpan dueTime) => Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.now + dueTime;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.sync)
            {
                Period = period;
                Schedule(dueTime);
                if (!time.timers.Contains(this))
                    time.timers.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time.sync)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
