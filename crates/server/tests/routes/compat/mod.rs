mod streamer;
