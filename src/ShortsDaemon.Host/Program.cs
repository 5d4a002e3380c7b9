using ShortsDaemon.Host.Commands;

return await CommandLine.RunAsync(args);
