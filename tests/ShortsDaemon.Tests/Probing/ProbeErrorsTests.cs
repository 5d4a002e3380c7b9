using NUnit.Framework;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Tests.Probing;

public sealed class ProbeErrorsTests
{
    [TestCase(
        "[hls @ 0x55d0] Format not on whitelist 'mov'\nfile:/a.mp4: Invalid argument",
        "it is not a recording but 'hls'"
    )]
    [TestCase(
        "[mov,mp4 @ 0x1] moov atom not found\nfile:/a.mp4: Invalid data found when processing input",
        "it is not a video, or was cut off"
    )]
    [TestCase(
        "hit EOF while reading sub-sample encryption info\nInvalid data found when processing input",
        "it is encrypted"
    )]
    [TestCase("file:/a.mp4: Invalid data found when processing input", "it is not a video file, or it is damaged")]
    [TestCase("file:/a.mp4: Invalid argument", "it is not a video file, or it is damaged")]
    [TestCase("file:/a.mp4: End of file", "it ends before any picture begins")]
    public void Complaints_about_the_file_are_put_into_words(string error, string reason) =>
        Assert.That(ProbeErrors.Explain(error), Does.StartWith(reason));

    [TestCase("")]
    [TestCase("file:/a.mp4: Input/output error")]
    [TestCase("error while loading shared libraries: libavformat.so.59")]
    public void Other_complaints_are_not_the_files_fault(string error) =>
        Assert.That(ProbeErrors.Explain(error), Is.Null);

    [Test]
    public void The_end_of_the_last_packet_counts()
    {
        var clock = new PacketClock();
        foreach (
            var line in new[] { "0.000000,0.040000", "0.080000,0.040000", "0.040000,0.040000", "N/A,N/A", "", "x" }
        )
            clock.Read(line);

        Assert.That(clock.End, Is.EqualTo(TimeSpan.FromSeconds(0.12)));
        Assert.That(new PacketClock().End, Is.Null);
    }
}
