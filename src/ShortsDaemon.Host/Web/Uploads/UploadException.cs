namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>An upload, or a part of one, is not taken.</summary>
/// <param name="status">HTTP status that says so.</param>
/// <param name="what">Why, in one sentence.</param>
/// <param name="mend">What to do about it.</param>
internal sealed class UploadException(int status, string what, string mend) : Exception($"{what} {mend}")
{
    public int Status => status;
    public string What => what;
    public string Mend => mend;

    public static UploadException TooLarge(int mostMiB) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            $"Recordings of at most {mostMiB} MiB are taken (Web:MaxUploadMiB).",
            "Lay larger ones into the folder of the channel, or raise the limit."
        );
}
