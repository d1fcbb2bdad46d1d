import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { meQuery } from "./api/auth.ts";
import { Broken, NotFound, Pending } from "./components/shell/fallbacks.tsx";
import { Frame } from "./components/shell/frame.tsx";
import { HomePage } from "./features/home/home-page.tsx";
import { oneOf } from "./lib/one-of.ts";
import type {
  EditorSearch,
  ErrorsSearch,
  FilmSearch,
  FilmsSearch,
  LiveSearch,
  NewFilmSearch,
  PlaygroundSearch,
  RecordingsSearch,
  RendersSearch,
  RunSearch,
  RunsSearch,
  SchedulesSearch,
  SessionsSearch,
  SignInSearch,
  WelcomeSearch,
} from "./search.ts";

interface Context {
  cache: QueryClient;
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const count = (value: unknown) => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);
const seconds = (value: unknown) => (Number.isFinite(Number(value)) && Number(value) > 0 ? Number(value) : undefined);

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): SignInSearch => ({ next: text(search.next) }),
  component: lazyRouteComponent(() => import("./features/auth/sign-in-page.tsx"), "SignInPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (search): WelcomeSearch => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import("./features/auth/welcome-page.tsx"), "WelcomePage"),
});

const frame = createRoute({
  getParentRoute: () => root,
  id: "frame",
  beforeLoad: async ({ context, location }) => {
    const me = await context.cache.ensureQueryData(meQuery);
    if (!me.user) throw redirect({ to: "/sign-in", search: { next: location.href === "/" ? undefined : location.href } });
  },
  component: Frame,
});

const home = createRoute({ getParentRoute: () => frame, path: "/", component: HomePage });

const sessions = createRoute({
  getParentRoute: () => frame,
  path: "/sessions",
  validateSearch: (search): SessionsSearch => ({ show: oneOf(search.show, ["ended", "all"]), page: count(search.page) }),
  component: lazyRouteComponent(() => import("./features/sessions/sessions-page.tsx"), "SessionsPage"),
});

const session = createRoute({
  getParentRoute: () => frame,
  path: "/sessions/$id",
  validateSearch: (search): LiveSearch => ({ panel: oneOf(search.panel, ["console", "network", "errors"]) }),
  component: lazyRouteComponent(() => import("./features/live/live-page.tsx"), "LivePage"),
});

const recordings = createRoute({
  getParentRoute: () => frame,
  path: "/recordings",
  validateSearch: (search): RecordingsSearch => ({ q: text(search.q), tag: text(search.tag), page: count(search.page) }),
  component: lazyRouteComponent(() => import("./features/recordings/recordings-page.tsx"), "RecordingsPage"),
});

const recording = createRoute({
  getParentRoute: () => frame,
  path: "/recordings/$id",
  validateSearch: (search): EditorSearch => ({ step: count(search.step), code: oneOf(search.code, ["json", "yaml"]) }),
  component: lazyRouteComponent(() => import("./features/editor/editor-page.tsx"), "EditorPage"),
});

const runs = createRoute({
  getParentRoute: () => frame,
  path: "/runs",
  validateSearch: (search): RunsSearch => ({
    status: oneOf(search.status, ["queued", "running", "passed", "failed", "cancelled", "timedOut"]),
    recordingId: text(search.recordingId),
    scheduleId: text(search.scheduleId),
    page: count(search.page),
  }),
  component: lazyRouteComponent(() => import("./features/runs/runs-page.tsx"), "RunsPage"),
});

const run = createRoute({
  getParentRoute: () => frame,
  path: "/runs/$id",
  validateSearch: (search): RunSearch => ({
    step: count(search.step),
    tab: oneOf(search.tab, ["video", "console", "network", "log", "dom", "page"]),
  }),
  component: lazyRouteComponent(() => import("./features/runs/run-page.tsx"), "RunPage"),
});

const schedules = createRoute({
  getParentRoute: () => frame,
  path: "/schedules",
  validateSearch: (search): SchedulesSearch => ({ add: text(search.add), page: count(search.page) }),
  component: lazyRouteComponent(() => import("./features/schedules/schedules-page.tsx"), "SchedulesPage"),
});

const renders = createRoute({
  getParentRoute: () => frame,
  path: "/renders",
  validateSearch: (search): RendersSearch => ({
    status: oneOf(search.status, ["queued", "rendering", "delivering", "done", "failed", "cancelled"]),
    page: count(search.page),
  }),
  component: lazyRouteComponent(() => import("./features/renders/renders-page.tsx"), "RendersPage"),
});

const playground = createRoute({
  getParentRoute: () => frame,
  path: "/renders/new",
  validateSearch: (search): PlaygroundSearch => ({ render: text(search.render) }),
  component: lazyRouteComponent(() => import("./features/renders/playground-page.tsx"), "PlaygroundPage"),
});

const render = createRoute({
  getParentRoute: () => frame,
  path: "/renders/$id",
  component: lazyRouteComponent(() => import("./features/renders/render-page.tsx"), "RenderPage"),
});

const films = createRoute({
  getParentRoute: () => frame,
  path: "/films",
  validateSearch: (search): FilmsSearch => ({
    status: oneOf(search.status, ["queued", "filming", "finishing", "delivering", "done", "failed", "cancelled"]),
    page: count(search.page),
  }),
  component: lazyRouteComponent(() => import("./features/films/films-page.tsx"), "FilmsPage"),
});

const newFilm = createRoute({
  getParentRoute: () => frame,
  path: "/films/new",
  validateSearch: (search): NewFilmSearch => ({ url: text(search.url), recording: text(search.recording), film: text(search.film) }),
  component: lazyRouteComponent(() => import("./features/films/new-film-page.tsx"), "NewFilmPage"),
});

const film = createRoute({
  getParentRoute: () => frame,
  path: "/films/$id",
  validateSearch: (search): FilmSearch => ({ t: seconds(search.t) }),
  component: lazyRouteComponent(() => import("./features/films/film-page.tsx"), "FilmPage"),
});

const errors = createRoute({
  getParentRoute: () => frame,
  path: "/errors",
  validateSearch: (search): ErrorsSearch => ({
    kind: oneOf(search.kind, ["console", "exception", "network", "step", "navigation", "crash"]),
    severity: oneOf(search.severity, ["info", "warning", "error", "fatal"]),
    session: text(search.session),
    run: text(search.run),
    page: count(search.page),
  }),
  component: lazyRouteComponent(() => import("./features/errors/errors-page.tsx"), "ErrorsPage"),
});

const error = createRoute({
  getParentRoute: () => frame,
  path: "/errors/$id",
  component: lazyRouteComponent(() => import("./features/errors/error-page.tsx"), "ErrorPage"),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: "/settings",
  component: lazyRouteComponent(() => import("./features/settings/settings-page.tsx"), "SettingsPage"),
});

const elsewhere = createRoute({ getParentRoute: () => frame, path: "$", component: NotFound });

const tree = root.addChildren([
  signIn,
  welcome,
  frame.addChildren([
    home,
    sessions,
    session,
    recordings,
    recording,
    runs,
    run,
    schedules,
    films,
    newFilm,
    film,
    renders,
    playground,
    render,
    errors,
    error,
    settings,
    elsewhere,
  ]),
]);

export function createAppRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { cache },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Broken,
    defaultPendingComponent: Pending,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
