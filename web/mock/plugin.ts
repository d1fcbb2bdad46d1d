import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { WebSocketServer } from "ws";
import { serveLive } from "./live.ts";
import { rest } from "./rest.ts";
import { MockStage } from "./stage.ts";

/** Stands in for the API while the interface is worked on alone. Never part of a build. */
export function mockServer(): Plugin {
  return {
    name: "proscenium-mock",
    configureServer(server) {
      const stage = new MockStage();
      const sockets = new WebSocketServer({ noServer: true });
      const shop = fileURLToPath(new URL("./site/shop.html", import.meta.url));

      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith("/mock-site/")) {
          response.setHeader("content-type", "text/html");
          response.end(readFileSync(shop));
        } else if (request.url?.startsWith("/api/")) {
          rest(request, response, stage).catch((error) => {
            response.statusCode = 500;
            response.end(String(error));
          });
        } else next();
      });
      server.httpServer?.on("upgrade", (request, socket, head) => {
        if (!request.url?.startsWith("/api/")) return;
        sockets.handleUpgrade(request, socket, head, (open) => serveLive(open, stage));
      });
      server.httpServer?.once("listening", () => {
        const address = server.httpServer?.address();
        const port = typeof address === "object" && address ? address.port : 5173;
        stage.open(`http://127.0.0.1:${port}/mock-site/shop.html`).catch((error) => server.config.logger.error(String(error)));
      });
      server.httpServer?.once("close", () => void stage.close());
    },
  };
}
