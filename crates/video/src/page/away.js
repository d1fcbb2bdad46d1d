// What goes around the answering of requests, or asks a person, is not there.
() => {
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocketStream"]) delete window[name];
  window.open = () => null;
  window.print = () => {};
};
