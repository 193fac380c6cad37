/** Where go serves profiles. */
export const PATH = '/debug/pprof/'

/** Says what there is, and how to open it. */
export const INDEX = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${PATH}</title>
<h1>Profiles of p2pd</h1>
<ul>
<li><a href="profile?seconds=10">profile</a>: where the processor's time goes in the next <code>seconds</code> (30 unless
given, 300 at most)
<li><a href="heap">heap</a>: what memory of JavaScript is in use, by who allocated it since the start
</ul>
<p>Open them with <code>go tool pprof http://localhost:PORT${PATH}profile</code>, or in
<a href="https://www.speedscope.app">speedscope</a>.</p>
<p>With <code>?format=v8</code> they are V8's own: <a href="profile?seconds=10&amp;format=v8">profile.cpuprofile</a> and
<a href="heap?format=v8">heap.heapprofile</a>, for the developer tools of Chrome and for editors.</p>
</html>
`
