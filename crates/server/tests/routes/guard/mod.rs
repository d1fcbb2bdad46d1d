mod cross_site;
mod host;
mod requests;
