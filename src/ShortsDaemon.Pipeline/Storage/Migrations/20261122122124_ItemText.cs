using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShortsDaemon.Pipeline.Storage.Migrations
{
    /// <summary>
    /// Indexes for the wall of the control room, and the full-text index of the items: it holds no text of its own but reads
    /// that of Items, and triggers keep it. A later migration that makes Items anew (EF does for most changes of a column on
    /// SQLite) loses the triggers with the old table: call <see cref="CreateTriggers"/> at its end.
    /// </summary>
    public partial class ItemText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Items_Channel",
                table: "Items",
                column: "Channel");

            migrationBuilder.CreateIndex(
                name: "IX_Items_Channel_State",
                table: "Items",
                columns: new[] { "Channel", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_State",
                table: "Items",
                column: "State");

            // Words of any script, small or large, with or without accents. Where in a text a word stands is not kept: that
            // halves the index, and nobody asks for phrases. The beginnings of words have an index of their own, or one that
            // many words share would take too long.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE ItemText USING fts5(
                    Title, Origin_Broadcaster, Origin_Creator, Origin_Game,
                    content = 'Items', content_rowid = 'Id', detail = none,
                    prefix = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16', tokenize = 'unicode61 remove_diacritics 2'
                );
                """);
            CreateTriggers(migrationBuilder);
            migrationBuilder.Sql(
                """
                INSERT INTO ItemText (rowid, Title, Origin_Broadcaster, Origin_Creator, Origin_Game)
                SELECT Id, Title, Origin_Broadcaster, Origin_Creator, Origin_Game FROM Items WHERE Id > 0;
                """);
        }

        /// <summary>Items below 0 are the daemon's own tests.</summary>
        public static void CreateTriggers(MigrationBuilder migrationBuilder)
        {
            const string Insert =
                """
                INSERT INTO ItemText (rowid, Title, Origin_Broadcaster, Origin_Creator, Origin_Game)
                VALUES (new.Id, new.Title, new.Origin_Broadcaster, new.Origin_Creator, new.Origin_Game);
                """;
            // The index has to be told what it forgets: it cannot read that any more.
            const string Delete =
                """
                INSERT INTO ItemText (ItemText, rowid, Title, Origin_Broadcaster, Origin_Creator, Origin_Game)
                VALUES ('delete', old.Id, old.Title, old.Origin_Broadcaster, old.Origin_Creator, old.Origin_Game);
                """;
            migrationBuilder.Sql(
                $"CREATE TRIGGER ItemText_Insert AFTER INSERT ON Items WHEN new.Id > 0 BEGIN {Insert} END;");
            migrationBuilder.Sql(
                $"CREATE TRIGGER ItemText_Delete AFTER DELETE ON Items WHEN old.Id > 0 BEGIN {Delete} END;");
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER ItemText_Update
                AFTER UPDATE OF Title, Origin_Broadcaster, Origin_Creator, Origin_Game ON Items
                WHEN new.Id > 0 AND (
                    old.Title IS NOT new.Title
                    OR old.Origin_Broadcaster IS NOT new.Origin_Broadcaster
                    OR old.Origin_Creator IS NOT new.Origin_Creator
                    OR old.Origin_Game IS NOT new.Origin_Game
                )
                BEGIN {Delete} {Insert} END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var change in (string[])["Insert", "Delete", "Update"])
                migrationBuilder.Sql($"DROP TRIGGER ItemText_{change};");
            migrationBuilder.Sql("DROP TABLE ItemText;");

            migrationBuilder.DropIndex(
                name: "IX_Items_Channel",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_Channel_State",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_State",
                table: "Items");
        }
    }
}
