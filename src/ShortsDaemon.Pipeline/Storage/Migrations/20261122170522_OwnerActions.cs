using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShortsDaemon.Pipeline.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OwnerActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ApprovedAt",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PublishAfter",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WantedCaptions",
                table: "Items",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WantedLayout",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WantedTitle",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AcknowledgedAt",
                table: "Alerts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AcknowledgedBy",
                table: "Alerts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Who = table.Column<string>(type: "TEXT", nullable: false),
                    What = table.Column<string>(type: "TEXT", nullable: false),
                    ItemId = table.Column<long>(type: "INTEGER", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_At",
                table: "Audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_ItemId",
                table: "Audit",
                column: "ItemId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Audit");

            // By SQLite itself: EF would make Items anew, and lose the triggers of ItemText.
            migrationBuilder.Sql("ALTER TABLE Items DROP COLUMN ApprovedAt;");

            migrationBuilder.Sql("ALTER TABLE Items DROP COLUMN PublishAfter;");

            migrationBuilder.Sql("ALTER TABLE Items DROP COLUMN WantedCaptions;");

            migrationBuilder.Sql("ALTER TABLE Items DROP COLUMN WantedLayout;");

            migrationBuilder.Sql("ALTER TABLE Items DROP COLUMN WantedTitle;");

            migrationBuilder.Sql("ALTER TABLE Alerts DROP COLUMN AcknowledgedAt;");

            migrationBuilder.Sql("ALTER TABLE Alerts DROP COLUMN AcknowledgedBy;");
        }
    }
}
