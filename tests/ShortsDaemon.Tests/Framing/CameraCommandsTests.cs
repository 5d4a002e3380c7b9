using NUnit.Framework;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;

namespace ShortsDaemon.Tests.Framing;

public sealed class CameraCommandsTests
{
    [Test]
    public void Only_frames_in_which_it_moves_have_a_command_half_a_frame_early() =>
        Assert.That(
            CameraCommands.Of(new(25, 1), [10, 10, 12, 12, 11]),
            Is.EqualTo("0 crop@camera x 10;\n0.06 crop@camera x 12;\n0.14 crop@camera x 11;\n")
        );

    [Test]
    public void The_cut_follows_the_path_and_never_leaves_the_picture()
    {
        var layout = new TrackingCrop(new(new(25, 1), [0.5, 0, 1]));

        Assert.That(
            layout.Filters(new(1920, 1080)),
            Is.EqualTo("sendcmd=f=camera.cmd,crop@camera=608:1080:656:0:exact=1,scale=1080:1920")
        );
        Assert.That(
            layout.Commands(new(1920, 1080)),
            Is.EqualTo("0 crop@camera x 656;\n0.02 crop@camera x 0;\n0.06 crop@camera x 1312;\n")
        );
    }
}
