namespace ShortsDaemon.World.Google;

/// <summary>A project in Google's console with its one client of the kind "installed".</summary>
/// <param name="Name">For instance shorts.</param>
/// <param name="ClientId">What the client calls itself.</param>
/// <param name="ClientSecret">What goes with it.</param>
/// <param name="RefreshTokenLife">Set for a project in the state Testing (Google: 7 days); null: refresh tokens do not age.</param>
public sealed record GoogleProject(
    string Name,
    string ClientId,
    string ClientSecret,
    TimeSpan? RefreshTokenLife = null
);
