// One object, or some, of every kind that a cluster has by itself, as people write them: with numbers, ports without a protocol, units of
// several forms, and defaults left out.

const container = {
  name: 'c',
  image: 'lab/none:1',
  imagePullPolicy: 'Never',
  command: ['sleep', '1000'],
  ports: [{ containerPort: 80 }, { containerPort: 53, name: 'dns' }, { containerPort: 53, protocol: 'UDP', name: 'dns-udp' }],
  resources: {
    requests: { cpu: '1000m', memory: '0.5Gi', 'ephemeral-storage': '1024Mi' },
    limits: { cpu: 2, memory: 1073741824 },
  },
  env: [
    { name: 'A', value: '1' },
    { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
  ],
  envFrom: [{ configMapRef: { name: 'map', optional: true } }],
  securityContext: { capabilities: { add: ['NET_ADMIN', 'SYS_TIME'] }, runAsUser: 0 },
  volumeMounts: [{ name: 'v', mountPath: '/v' }, { name: 'm', mountPath: '/m', readOnly: true }],
};

const spec = {
  containers: [
    {
      ...container,
      livenessProbe: { httpGet: { path: '/', port: 'dns' } },
      readinessProbe: { tcpSocket: { port: 80 } },
      lifecycle: { preStop: { exec: { command: ['true'] } } },
    },
  ],
  initContainers: [{ ...container, name: 'i', ports: null }],
  volumes: [
    { name: 'v', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'm', configMap: { name: 'map', optional: true, items: [{ key: 'a', path: 'a' }] } },
    { name: 's', secret: { secretName: 'x', optional: true, defaultMode: 256 } },
    { name: 'p', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
    { name: 'h', hostPath: { path: '/tmp' } },
  ],
  tolerations: [{ key: 'a', operator: 'Exists' }],
  nodeSelector: { 'of-hearth': 'none' },
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: 'x', labelSelector: { matchLabels: { app: 'w' } } } },
      ],
    },
  },
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'z', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'w' } } },
  ],
  terminationGracePeriodSeconds: 5,
  hostAliases: [{ ip: '1.2.3.4', hostnames: ['a'] }],
  imagePullSecrets: [{ name: 'q' }],
  serviceAccountName: 'account',
  dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
};

const template = { metadata: { labels: { app: 'w' }, annotations: null }, spec };
const selector = { matchLabels: { app: 'w' } };
const port = [{ port: 80 }];

const webhook = (space, clientConfig) => ({
  name: `a.${space}.example`,
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  failurePolicy: 'Ignore',
  clientConfig,
  rules: [{ apiGroups: [`${space}.example`], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['as'] }],
});

const schema = {
  type: 'object',
  properties: {
    n: { type: 'integer', default: 4 },
    list: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    any: { 'x-kubernetes-int-or-string': true },
    maps: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['key', 'proto'],
      items: {
        type: 'object',
        required: ['key'],
        properties: { key: { type: 'string' }, proto: { type: 'string', default: 'TCP' }, v: { type: 'integer' } },
      },
    },
  },
};

/**
 * All of them, in a namespace of their own.
 *
 * @param space the namespace, with which all names begin that belong to the whole cluster
 * @param api which of some versions of a kind the cluster has
 */
export const everyKind = (space, api) => {
  const wide = (apiVersion, kind, name, rest) => ({ apiVersion, kind, metadata: { name }, ...rest });
  const one = (apiVersion, kind, name, rest) => ({ apiVersion, kind, metadata: { name, namespace: space }, ...rest });
  const rbac = { apiGroup: 'rbac.authorization.k8s.io' };
  return [
    wide('v1', 'Namespace', space),
    one('v1', 'ConfigMap', 'map', { data: { a: '1', b: '' }, binaryData: { c: 'AAEC' } }),
    one('v1', 'Secret', 'secret', { stringData: { a: 'one' }, data: { b: 'dHdv' } }),
    one('v1', 'Service', 'service', {
      spec: { selector: { app: 'w' }, ports: [{ port: 80, targetPort: 'web', name: 'a' }, { port: 81, name: 'b' }, { port: 81, protocol: 'UDP', name: 'c' }] },
    }),
    one('v1', 'Service', 'headless', { spec: { clusterIP: 'None', selector: { app: 'w' }, ports: port } }),
    one('v1', 'Service', 'outside', {
      spec: { type: 'NodePort', selector: { app: 'w' }, ports: port, externalTrafficPolicy: 'Local', sessionAffinity: 'ClientIP' },
    }),
    one('v1', 'Service', 'external', { spec: { type: 'ExternalName', externalName: 'a.example' } }),
    one('v1', 'Endpoints', 'points', { subsets: [{ addresses: [{ ip: '1.2.3.5' }, { ip: '1.2.3.4' }], ports: [{ port: 1 }] }] }),
    one(api('EndpointSlice', 'discovery.k8s.io/v1', 'discovery.k8s.io/v1beta1'), 'EndpointSlice', 'slice', {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['1.2.3.4'] }],
      ports: [{ port: 1 }],
    }),
    one('v1', 'ServiceAccount', 'account', { imagePullSecrets: [{ name: 'q' }] }),
    one('v1', 'LimitRange', 'range', { spec: { limits: [{ type: 'Container', default: { cpu: '2500m' }, max: { memory: '2048Mi', cpu: 4 } }] } }),
    one('v1', 'ResourceQuota', 'quota', { spec: { hard: { pods: 100, 'requests.cpu': '100000m' }, scopes: ['NotTerminating'] } }),
    one('v1', 'PersistentVolumeClaim', 'claim', {
      spec: { storageClassName: 'none', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } },
    }),
    wide('v1', 'PersistentVolume', `${space}-volume`, {
      spec: { capacity: { storage: '1024Mi' }, accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], hostPath: { path: '/tmp/x' }, storageClassName: 'other' },
    }),
    one('v1', 'PodTemplate', 'template', { template }),
    one('v1', 'Pod', 'pod', { spec }),
    one('v1', 'ReplicationController', 'controller', { spec: { replicas: 0, selector: { app: 'w' }, template } }),
    one('apps/v1', 'ReplicaSet', 'replicas', { spec: { replicas: 0, selector, template } }),
    one('apps/v1', 'Deployment', 'deployment', {
      spec: { replicas: 0, selector, template, strategy: { rollingUpdate: { maxSurge: '50%', maxUnavailable: 1 } }, paused: false },
    }),
    one('apps/v1', 'Deployment', 'nulls', { spec: { replicas: null, selector, template, revisionHistoryLimit: null, paused: true } }),
    one('apps/v1', 'StatefulSet', 'stateful', {
      spec: {
        replicas: 0,
        serviceName: 'headless',
        selector,
        template,
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } } },
        ],
      },
    }),
    one('apps/v1', 'DaemonSet', 'daemons', { spec: { selector, template, updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } } }),
    one('apps/v1', 'ControllerRevision', 'revision', { revision: 1, data: { a: 1 } }),
    one('batch/v1', 'Job', 'job', { spec: { parallelism: 0, template: { ...template, spec: { ...spec, restartPolicy: 'Never' } } } }),
    one(api('CronJob', 'batch/v1', 'batch/v1beta1'), 'CronJob', 'cron', {
      spec: {
        schedule: '0 0 1 1 *',
        suspend: true,
        jobTemplate: { spec: { template: { ...template, spec: { ...spec, restartPolicy: 'OnFailure' } } } },
      },
    }),
    one('autoscaling/v1', 'HorizontalPodAutoscaler', 'scaler', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'deployment' }, maxReplicas: 3, targetCPUUtilizationPercentage: 50 },
    }),
    one(api('HorizontalPodAutoscaler', 'autoscaling/v2', 'autoscaling/v2beta2'), 'HorizontalPodAutoscaler', 'scaler-of-many', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'stateful' },
        maxReplicas: 3,
        metrics: [
          { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1024Mi' } } },
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
        ],
      },
    }),
    one(api('PodDisruptionBudget', 'policy/v1', 'policy/v1beta1'), 'PodDisruptionBudget', 'budget', { spec: { selector, minAvailable: '50%' } }),
    one('networking.k8s.io/v1', 'Ingress', 'ingress', {
      spec: {
        rules: [
          { host: 'a.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'service', port: { number: 80 } } } }] } },
        ],
        tls: [{ hosts: ['a.example'], secretName: 's' }],
      },
    }),
    wide('networking.k8s.io/v1', 'IngressClass', `${space}-class`, { spec: { controller: 'a.example/b' } }),
    one('networking.k8s.io/v1', 'NetworkPolicy', 'policy', {
      spec: {
        podSelector: {},
        ingress: [
          {
            from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { namespaceSelector: {} }],
            ports: [{ port: 80 }, { port: 'web', protocol: 'TCP' }],
          },
        ],
      },
    }),
    one('rbac.authorization.k8s.io/v1', 'Role', 'role', { rules: [{ apiGroups: [''], resources: ['pods', 'configmaps'], verbs: ['get', 'list'] }] }),
    one('rbac.authorization.k8s.io/v1', 'RoleBinding', 'binding', {
      roleRef: { ...rbac, kind: 'Role', name: 'role' },
      subjects: [{ kind: 'ServiceAccount', name: 'account', namespace: space }, { kind: 'User', name: 'u' }],
    }),
    wide('rbac.authorization.k8s.io/v1', 'ClusterRole', `${space}-role`, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: space } }] } }),
    wide('rbac.authorization.k8s.io/v1', 'ClusterRole', `${space}-other`, { rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }] }),
    wide('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', `${space}-binding`, {
      roleRef: { ...rbac, kind: 'ClusterRole', name: `${space}-role` },
      subjects: [{ kind: 'Group', name: 'g' }],
    }),
    wide('storage.k8s.io/v1', 'StorageClass', `${space}-class`, { provisioner: 'a.example/b', mountOptions: ['ro', 'soft'], parameters: { a: 'b' } }),
    wide('storage.k8s.io/v1', 'CSIDriver', `${space}-driver`, { spec: { volumeLifecycleModes: ['Persistent', 'Ephemeral'] } }),
    wide('scheduling.k8s.io/v1', 'PriorityClass', `${space}-priority`, { value: 5 }),
    wide(api('RuntimeClass', 'node.k8s.io/v1', 'node.k8s.io/v1beta1'), 'RuntimeClass', `${space}-runtime`, {
      handler: 'x',
      overhead: { podFixed: { cpu: 0.25 } },
    }),
    one('coordination.k8s.io/v1', 'Lease', 'lease', { spec: { holderIdentity: 'x', renewTime: '2026-01-01T00:00:00.000000Z', leaseDurationSeconds: 5 } }),
    wide('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', `${space}-hooks`, {
      webhooks: [webhook(space, { service: { name: 'x', namespace: space, path: '/a' } })],
    }),
    wide('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', `${space}-hooks`, {
      webhooks: [{ ...webhook(space, { url: 'https://a.example/x' }), namespaceSelector: { matchLabels: { a: 'b' } } }],
    }),
    wide('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `wides.${space}.example`, {
      spec: {
        group: `${space}.example`,
        scope: 'Namespaced',
        names: { kind: 'Wide', plural: 'wides' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.a' }],
            schema: { openAPIV3Schema: schema },
          },
        ],
      },
    }),
    one(`${space}.example/v1`, 'Wide', 'wide', { list: ['b', 'a'], any: '5%', maps: [{ key: 'x', v: 1 }, { key: 'y', proto: 'UDP' }] }),
  ];
};
