using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ShortsDaemon.Pipeline.Storage.Migrations
{
    /// <inheritdoc />
    public partial class LookingBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Renditions_MadeAt",
                table: "Renditions",
                column: "MadeAt");

            migrationBuilder.CreateIndex(
                name: "IX_Publications_PublishedAt",
                table: "Publications",
                column: "PublishedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Publications_SlotAt",
                table: "Publications",
                column: "SlotAt");

            migrationBuilder.CreateIndex(
                name: "IX_Items_DiscoveredAt",
                table: "Items",
                column: "DiscoveredAt");

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_EndedAt",
                table: "Attempts",
                column: "EndedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Renditions_MadeAt",
                table: "Renditions");

            migrationBuilder.DropIndex(
                name: "IX_Publications_PublishedAt",
                table: "Publications");

            migrationBuilder.DropIndex(
                name: "IX_Publications_SlotAt",
                table: "Publications");

            migrationBuilder.DropIndex(
                name: "IX_Items_DiscoveredAt",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Attempts_EndedAt",
                table: "Attempts");
        }
    }
}
