using NUnit.Framework;

// Much of a test is waiting: for a program to start, a line to come, one thread of ffmpeg to end. Tests of one class take turns.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(5)]
