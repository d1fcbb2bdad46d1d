mod recorder;
mod streamer;
