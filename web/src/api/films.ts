import { queryOptions } from "@tanstack/react-query";
import { api, list, one, type Page } from "./client.ts";
import type { Film, FilmDetail, FilmOrder, FilmStatus } from "./types.ts";

export interface FilmFilter {
  status?: FilmStatus;
  page?: number;
  limit?: number;
}

const at = (id: string) => ({ params: { path: { id } } });

/** Whether nothing will change any more. */
export const isEnded = (film: Pick<Film, "status">) => ["done", "failed", "cancelled"].includes(film.status);

export const filmsQuery = (filter: FilmFilter = {}) =>
  queryOptions({
    queryKey: ["films", filter],
    // The client's reading of the schema takes a tuple for a list of numbers.
    queryFn: async ({ signal }) => (await list(api.GET("/api/v1/films", { params: { query: filter }, signal }))) as Page<Film>,
    // A list with something still being filmed is worth a quicker look.
    refetchInterval: (query) => (query.state.data?.items.some((film) => !isEnded(film)) ? 1_500 : 10_000),
  });

export const filmQuery = (id: string) =>
  queryOptions({
    queryKey: ["film", id],
    queryFn: async ({ signal }) => (await one(api.GET("/api/v1/films/{id}", { ...at(id), signal }))) as FilmDetail,
  });

/** The room that films take, and how long they stay. */
export const filmStorageQuery = () =>
  queryOptions({
    queryKey: ["films", "storage"],
    queryFn: ({ signal }) => one(api.GET("/api/v1/films/storage", { signal })),
  });

export const startFilm = (order: FilmOrder) => one(api.POST("/api/v1/films", { body: order }));
/** The storyboard that the tour of an order would have; nothing is filmed. */
export const planFilm = (order: FilmOrder) => one(api.POST("/api/v1/films/plan", { body: order }));
/** The same film with other settings: what is in `changes` takes the place of its own. */
export const filmAgain = (id: string, changes: FilmOrder) => one(api.POST("/api/v1/films/{id}/again", { ...at(id), body: changes }));
export const cancelFilm = (id: string) => one(api.POST("/api/v1/films/{id}/cancel", at(id)));
/** Kept for good, or as long as films are kept. */
export const pinFilm = (id: string, pinned: boolean) => one(api.PATCH("/api/v1/films/{id}", { ...at(id), body: { pinned } }));
/** To its public place once more. */
export const deliverFilm = (id: string) => one(api.POST("/api/v1/films/{id}/deliver", at(id)));
export const deleteFilm = (id: string) => one(api.DELETE("/api/v1/films/{id}", at(id)));
export const restoreFilm = (id: string) => one(api.POST("/api/v1/films/{id}/restore", at(id)));
export const filmEventsUrl = (id: string) => `/api/v1/films/${id}/events/stream`;
