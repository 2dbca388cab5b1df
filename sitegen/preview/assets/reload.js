// Live reload in livereload's own protocol. Each page says which version of itself it shows; the server answers `reload`
// when there is another one, so that a save between two connections is never missed and untouched pages stay as they are.
(() => {
  const version = document.currentScript.dataset.version;
  const address = `ws://${location.host}/_preview/live`;
  let pause = 100;

  function connect() {
    const socket = new WebSocket(address);
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => {
      pause = 100;
      say({ command: 'hello', protocols: ['http://livereload.com/protocols/official-7'] });
      say({ command: 'info', url: location.href, version });
    };
    socket.onmessage = (event) => {
      const { command, path } = JSON.parse(event.data);
      if (command !== 'reload') return;
      if (path === decodeURIComponent(location.pathname)) location.reload();
      else location.replace(encodeURI(path));
    };
    // The preview was stopped: it may be started again, and then this page wants to know.
    socket.onclose = () => setTimeout(connect, (pause = Math.min(pause * 2, 2000)));
  }

  connect();
})();
