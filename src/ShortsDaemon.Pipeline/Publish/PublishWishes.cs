using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>Under which title a person wants an item published, and no earlier than when.</summary>
public sealed class PublishWishes(ItemDesk desk, LiveOptions options, TimeProvider time)
{
    // Where no platform says: no file name, page or log line can do with more.
    private static readonly TextLimit LongestTitle = new(200, TextUnit.Utf16);

    /// <param name="id">The item.</param>
    /// <param name="who">Who.</param>
    /// <param name="title">Instead of the template's; empty: the template's again; null: as it is.</param>
    /// <param name="when">Null: as it is.</param>
    /// <exception cref="ActionRefusedException">It makes no sense now, or the title is too long.</exception>
    public Task EditAsync(ItemId id, string who, string? title, PublishTime? when)
    {
        var clean = title is null ? null : CleanText.Line(title);
        return desk.ChangeAsync(
            id,
            new(who, "edit", InWords(clean, when)),
            async (db, item) =>
            {
                await ItemDesk.RequireNothingSentAsync(db, item);
                if (clean is not null)
                    Name(item, clean);
                if (when is not null)
                    Schedule(item, when.NotBefore);
            }
        );
    }

    private void Name(Item item, string title)
    {
        ItemDesk.Require(item.State != ItemState.Published, $"it {ItemWords.Standing(item.State)}", item);
        if (LimitsOf(item).FirstOrDefault(limit => limit.Size(title) > limit.Most) is { } limit)
            throw new ActionRefusedException(
                Refusal.WrongValue,
                $"The title is {limit.Size(title)} long; at most {limit.Most} are allowed where it goes."
            );
        item.WantedTitle = title.Length == 0 ? null : title;
    }

    private void Schedule(Item item, DateTimeOffset? notBefore)
    {
        ItemDesk.Require(ItemStates.UnderWay.Contains(item.State), $"it {ItemWords.Standing(item.State)}", item);
        (item.PublishAfter, item.HurriedAt) = (notBefore, null);
        var now = time.GetUtcNow();
        // It looks at once what that means for it, unless its approval may still be taken back.
        if (item.State == ItemState.Publish && !ItemActions.IsUndoable(item, now))
            item.NotBefore = now;
    }

    private IEnumerable<TextLimit> LimitsOf(Item item) =>
        PostingPlace
            .All(options.Value)
            .Where(place => place.Channel.Equals(item.Channel, StringComparison.OrdinalIgnoreCase))
            .Select(place => place.Options.Limits.Title)
            .Prepend(LongestTitle);

    private static string InWords(string? title, PublishTime? when)
    {
        string?[] wishes =
        [
            title is null ? null
            : title.Length == 0 ? "title of the template"
            : $"title '{title}'",
            when is null ? null
            : when.NotBefore is { } at ? $"not before {at.UtcDateTime:u}"
            : "at any time",
        ];
        return string.Join(", ", wishes.OfType<string>());
    }
}

/// <param name="NotBefore">No earlier than then, and then at its slot as ever; null: nobody wants that any more.</param>
public sealed record PublishTime(DateTimeOffset? NotBefore);
